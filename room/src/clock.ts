// Office time: Asia/Ho_Chi_Minh, 24 hours, and corrected by the server's clock because a commune's PC may be wrong.

const hoursMinutes = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

let offset = 0;

/** Answers carry whole seconds only, so a difference below two seconds says nothing. */
export function learnServerTime(dateHeader: string | null, now = Date.now()): void {
  const server = dateHeader ? Date.parse(dateHeader) : Number.NaN;
  if (Number.isNaN(server)) return;
  offset = Math.abs(server - now) < 2000 ? 0 : server - now;
}

export function officeNow(): number {
  return Date.now() + offset;
}

export function clockText(at: number): string {
  return hoursMinutes.format(at);
}

/** 65_000 → «01:05», 3_661_000 → «1:01:01». */
export function lengthText(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(total / 3600);
  const rest = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

export function sinceText(iso: string | null | undefined, now = officeNow()): string {
  const at = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(at) ? "" : lengthText(now - at);
}

const day = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  weekday: "long",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** «thứ Năm 17/12/2026, 08:30» */
export function dayText(iso: string): string {
  const part = Object.fromEntries(day.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const weekday = `${(part["weekday"] ?? "").charAt(0).toLowerCase()}${(part["weekday"] ?? "").slice(1)}`;
  return `${weekday} ${part["day"]}/${part["month"]}/${part["year"]}, ${part["hour"]}:${part["minute"]}`;
}
