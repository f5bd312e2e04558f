"""What `kiosk demo --story NAME` plays: one module a story, each with its SCENES in order.

A scene is a function of the demo's kiosk (`demo_kiosk`), with one `step` for each thing that a person does; what staff
do, it asks of `kiosk.staff` (`desk`). A step that does not see what it says raises StepFailed.
"""

STORIES = {
    "visit": "a whole visit, whose call and form staff see to",
    "village": "three days without a line, and a stick that carries it all to the hall",
    "assisted": "staff help at the kiosk and decide afterwards",
}
