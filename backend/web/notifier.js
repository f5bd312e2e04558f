// Shows calls outside the page, where the browser lets only a worker do so; a press on one brings the page to the front.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((pages) =>
    pages.length ? pages[0].focus() : self.clients.openWindow("/staff")));
});
