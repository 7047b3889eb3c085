// Words for moments and lengths. The whole player counts in unix seconds (UTC); only this file knows the hall's clock.

const ZONE = "Asia/Ho_Chi_Minh";
const clockFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});
const dateFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric",
});
const weekdayFormat = new Intl.DateTimeFormat("en-US", { timeZone: ZONE, weekday: "short" });
const WEEKDAYS: Record<string, string> = {
  Mon: "thứ Hai", Tue: "thứ Ba", Wed: "thứ Tư", Thu: "thứ Năm", Fri: "thứ Sáu", Sat: "thứ Bảy", Sun: "Chủ nhật",
};

export function unix(iso: string): number {
  return Date.parse(iso) / 1000;
}

export function unixOrNull(iso: string | null): number | null {
  if (iso === null) return null;
  const value = unix(iso);
  return Number.isFinite(value) ? value : null;
}

/** 08:30:05 */
export function clockText(moment: number): string {
  return clockFormat.format(moment * 1000);
}

/** thứ Năm 17/12/2026 */
export function dateText(moment: number): string {
  const weekday = WEEKDAYS[weekdayFormat.format(moment * 1000)] ?? "";
  return `${weekday} ${dateFormat.format(moment * 1000)}`;
}

/** 00:42:10 */
export function lengthText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** +00:42:10 or −00:01:30 (before the opening) */
export function offsetText(seconds: number): string {
  return `${seconds < 0 ? "−" : "+"}${lengthText(Math.floor(Math.abs(seconds)))}`;
}

/** A length in words for lists: «42 giây», «3 phút 05 giây», «1 giờ 02 phút». */
export function lengthWords(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1).replace(".", ",")} giây`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} giây`;
  const two = (n: number): string => String(n).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} phút ${two(whole % 60)} giây`;
  return `${Math.floor(whole / 3600)} giờ ${two(Math.floor(whole / 60) % 60)} phút`;
}

export function sizeText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(".", ",")} ${units[unit]}`;
}
