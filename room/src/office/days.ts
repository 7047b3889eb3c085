// A browser set to English shows the 10th of December as «12/10/2026». The day that was chosen stands below its field in
// words, with its weekday, as everywhere else.
const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];
const FIELDS = "input[type=date]";
const ROWS = ".filters, .inline-form"; // fields on one line: nothing below them

/** «thứ Năm 10/12/2026» for the field's value «2026-12-10»; nothing while the year is being typed. */
export function dayWords(value: string): string {
  const [, year, month, day] = /^([12]\d{3})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  if (!year) return "";
  const weekday = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay();
  return `${WEEKDAYS[weekday]} ${day}/${month}/${year}`;
}

export function sayDays(page: Document): void {
  for (const field of page.querySelectorAll<HTMLInputElement>(FIELDS)) say(page, field);
  page.addEventListener("input", (event) => {
    const field = event.target as HTMLElement;
    if (field.matches(FIELDS)) say(page, field as HTMLInputElement);
  });
}

function say(page: Document, field: HTMLInputElement): void {
  if (field.closest(ROWS)) return;
  let line = field.nextElementSibling;
  if (!line?.matches(".day-words")) {
    line = page.createElement("div");
    line.className = "form-text day-words";
    line.setAttribute("aria-hidden", "true"); // who listens hears the field itself
    field.after(line);
  }
  line.textContent = dayWords(field.value);
}
