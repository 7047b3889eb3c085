// Everything the room says, so that one person can read it through in one go.
import type { Phase, RoomState } from "./contract";

export type HallCode = "away" | "inside" | "floor" | "weak" | "dropped" | "removed" | "unknown";

export const HALL_WORDS: Record<HallCode, { shape: string; word: string; tone: string }> = {
  away: { shape: "○", word: "Chưa vào", tone: "quiet" },
  inside: { shape: "✓", word: "Trong phòng", tone: "ok" },
  floor: { shape: "◆", word: "Đang phát biểu", tone: "civic" },
  weak: { shape: "▲", word: "Đường truyền yếu", tone: "warn" },
  dropped: { shape: "■", word: "Mất kết nối", tone: "danger" },
  removed: { shape: "○", word: "Đã mời ra", tone: "quiet" },
  unknown: { shape: "○", word: "Chưa rõ", tone: "quiet" },
};

export const PHASE_WORDS: Record<Phase, string> = {
  ready: "Sẵn sàng, chưa khai mạc",
  open: "Đang tiếp",
  paused: "Tạm dừng",
  closed: "Đã kết thúc",
  sealed: "Đã niêm phong",
};

export type MicrophoneCode = "live" | "silent" | "locked" | "none";

export const MICROPHONE_WORDS: Record<MicrophoneCode, string> = {
  live: "Micro đang bật",
  silent: "Được phát biểu, micro tắt",
  locked: "Micro đang khóa",
  none: "",
};

export function recorderWords(state: RoomState): { text: string; tone: "ok" | "warn" | "danger" | "quiet" } {
  const { running, wanted } = state.recording;
  const count = `${running}/${wanted}`;
  // Before the centre has entered nothing is to be recorded yet: that is no fault.
  if (running <= 0 && state.phase === "ready") return { text: `○ Chưa ghi ${count} máy ghi`, tone: "quiet" };
  if (running <= 0) return { text: `■ Không có máy ghi ${count}`, tone: "danger" };
  if (running < wanted) return { text: `▲ Đang ghi ${count} máy ghi`, tone: "warn" };
  return { text: `● ĐANG GHI ${count} máy ghi`, tone: "ok" };
}

/** «điểm cầu Xã Thanh Lộc», but never «điểm cầu Điểm cầu trung tâm». */
export function pointName(name: string): string {
  return /^điểm cầu /i.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : `điểm cầu ${name}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const SAY = {
  joining: "Đang vào phòng…",
  reconnecting: "Đang kết nối lại…",
  mediaLost: (n: number) => `Mất kết nối với máy chủ hình ảnh. Đang nối lại (lần ${n}). Xin giữ nguyên chỗ.`,
  webLost: (n: number) => `Mất kết nối tới máy chủ. Hệ thống đang tự thử lại (lần ${n}). Xin giữ nguyên chỗ.`,
  callPhone: (phone: string) => `Chưa nối lại được. Gọi kỹ thuật trung tâm: ${phone}.`,
  notSent: "Chưa gửi được lệnh. Hình và tiếng vẫn chạy; hãy bấm lại sau ít giây.",
  notSentAlone: "Chưa gửi được lệnh vì mất kết nối tới máy chủ. Hệ thống đang tự nối lại; hãy bấm lại sau ít giây.",
  signedOut: "Phiên làm việc đã hết. Hãy đăng nhập lại để vào phòng.",
  noSpeech: "Chưa được cấp quyền nói. Micro đang khóa; xin chờ người chủ trì mời phát biểu.",
  soundBlocked: "Trình duyệt đang chặn tiếng. Bấm «Bật tiếng» để nghe buổi tiếp.",
  replaced: "Điểm cầu này vừa được chuyển sang một máy khác. Máy này đã rời phòng.",
  leftRoom: "Máy này đã được ngắt khỏi phòng. Nếu không rõ lý do, gọi kỹ thuật trung tâm.",
  removed: "Điểm cầu đã được mời ra khỏi phòng. Khi người chủ trì cho vào lại, máy này sẽ tự vào phòng.",
  closeQuestion: "Sau khi kết thúc không mở lại được. Kết thúc buổi tiếp?",
  after: "Bản ghi được lưu theo quy định.",
  afterPoint: "Camera và micro của máy này đã tắt. Bản ghi được lưu theo quy định.",
  recorded: "Buổi tiếp công dân này được ghi âm, ghi hình toàn bộ theo Điều 24 Nghị định số 154/2026/NĐ-CP.",
};
