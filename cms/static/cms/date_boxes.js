// Starts Wagtail's boxes for dates and times from what the page says in data attributes. Wagtail's own
// templates do it with inline scripts, which the content security policy refuses.
const STARTERS = { date: "initDateChooser", time: "initTimeChooser", datetime: "initDateTimeChooser" };

document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("[data-date-box]")) {
    const start = window[STARTERS[box.dataset.dateBox]];
    if (start) start(box.dataset.dateBoxFor, JSON.parse(box.dataset.dateBoxOptions));
  }
});
