// What a voice should say for what stands on a page of the schedule.

// \b knows no Vietnamese letters.
const SHORT: [RegExp, string][] = [
  [/(?<!\p{L})UBND(?!\p{L})/gu, "Ủy ban nhân dân"],
  [/(?<!\p{L})NĐ(?!\p{L})/gu, "Nghị định"],
];

/** «08:30–11:00, thứ Năm 03/12/2026» → «8 giờ 30 đến 11 giờ, thứ Năm ngày 3 tháng 12 năm 2026» */
export function readable(text: string): string {
  let said = text.replace(/\s+/g, " ").trim();
  said = said.replace(/(\d{1,2}):(\d{2})\s*[–-]\s*(\d{1,2}):(\d{2})/g, (_, a, b, c, d) => `${clock(a, b)} đến ${clock(c, d)}`);
  said = said.replace(/\b(\d{1,2}):(\d{2})\b/g, (_, hours, minutes) => clock(hours, minutes));
  said = said.replace(
    /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g,
    (_, day, month, year) => `ngày ${Number(day)} tháng ${Number(month)} năm ${year}`,
  );
  for (const [short, whole] of SHORT) said = said.replace(short, whole);
  return said.replace(/[▲■✓◆○]/g, "").replace(/\s*·\s*/g, ", ").trim();
}

function clock(hours: string, minutes: string): string {
  return minutes === "00" ? `${Number(hours)} giờ` : `${Number(hours)} giờ ${Number(minutes)}`;
}

/** The machine's Vietnamese voice, one that works without a network first. */
export function vietnamese<Voice extends { lang: string; localService: boolean }>(voices: Voice[]): Voice | undefined {
  const found = voices.filter((voice) => /^vi\b/i.test(voice.lang.replace("_", "-")));
  return found.find((voice) => voice.localService) ?? found[0];
}
