"""What is owed for water, power or gas, as its company tells. Searches that find nothing are counted:
TooManyTriesError, so that nobody reads the bills of a whole town by counting up."""

from backend.hall.hall import Hall
from backend.kiosks.levels import Visitor
from backend.offices.asked import Reply, ask_office, known
from backend.providers.inquiries import Bill, UtilityBill
from backend.submissions.lookup import looked_for
from protocol.queries import Office
from protocol.queries.utility_bill import Answer, Inputs


def answer(hall: Hall, visitor: Visitor, inputs: Inputs) -> Answer:
    number = inputs.account_number
    inquiry, about = UtilityBill(account_number=number), hall.keys.digest("account", number)

    def found() -> list[Reply[Bill]]:
        reply = ask_office(hall, visitor, inquiry, about)
        is_of_another = reply.told is not None and reply.told.utility != inputs.utility
        return [] if reply.office is Office.NOTHING or is_of_another else [reply]

    replies = looked_for(hall, visitor.kiosk.id, found)
    if not replies:
        return Answer(office=Office.NOTHING)
    (reply,) = replies
    if (bill := reply.told) is None:
        return Answer(office=reply.office)
    return Answer(office=reply.office, owed=known(bill.owed), until=known(bill.until), pay_by=known(bill.pay_by))
