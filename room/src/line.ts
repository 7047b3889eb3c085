// The one huge line that tells a hall's operator what to do now.
import type { HallKey, RoomState } from "./contract";
import { ended, findHall } from "./state";

export type Connection = "connecting" | "connected" | "reconnecting" | "offline" | "ended";
export type OwnMicrophone = "locked" | "off" | "on";

export interface Line {
  text: string;
  detail: string;
  tone: "quiet" | "speak" | "warn";
}

export function operatorLine(
  state: RoomState | null,
  hall: HallKey | null,
  connection: Connection,
  microphone: OwnMicrophone,
): Line {
  if (ended(state) || connection === "ended") {
    return { text: "Buổi tiếp đã kết thúc", detail: "Kết quả được thông báo bằng văn bản.", tone: "quiet" };
  }
  if (connection === "offline") return { text: "Chưa ở trong phòng", detail: "", tone: "warn" };
  if (connection === "connecting" || !state) return { text: "Đang vào phòng…", detail: "", tone: "quiet" };
  if (connection === "reconnecting") {
    return { text: "Đang kết nối lại…", detail: "Xin giữ nguyên chỗ.", tone: "warn" };
  }
  const own = findHall(state, hall);
  if (state.phase === "paused") {
    const reason = state.pause_reason ? `Lý do: ${state.pause_reason}. ` : "";
    return { text: "Buổi tiếp tạm dừng…", detail: `${reason}Xin giữ nguyên chỗ.`, tone: "warn" };
  }
  if (own?.locked) {
    return { text: "Micro đang khóa", detail: "Người chủ trì đã khóa micro của điểm cầu này.", tone: "warn" };
  }
  const floor = findHall(state, state.floor?.hall ?? null);
  if (floor?.hall === hall && own) return floorLine(microphone);
  if (own?.central) return centralLine(state, floor?.name, microphone);
  if (state.phase === "ready") {
    return { text: "Chờ khai mạc", detail: "Điểm cầu đã vào phòng. Camera luôn mở, micro đang khóa.", tone: "quiet" };
  }
  const speaker = floor ? `${floor.name} đang phát biểu. ` : "";
  return { text: "Chờ mời phát biểu", detail: `${speaker}Chưa được cấp quyền nói, micro đang khóa.`, tone: "quiet" };
}

function floorLine(microphone: OwnMicrophone): Line {
  if (microphone === "on") return { text: "ĐANG PHÁT BIỂU", detail: "Các điểm cầu đang nghe quý vị.", tone: "speak" };
  if (microphone === "off") {
    return { text: "Được mời phát biểu", detail: "Micro đang tắt. Bấm «Bật micro» để nói.", tone: "warn" };
  }
  return { text: "Được mời phát biểu", detail: "Đang mở micro…", tone: "speak" };
}

function centralLine(state: RoomState, speaker: string | undefined, microphone: OwnMicrophone): Line {
  const detail =
    microphone === "on"
      ? "Micro đang bật: các điểm cầu nghe được phòng này."
      : microphone === "off"
        ? "Micro đang tắt. Bấm «Bật micro» để nói."
        : "Chưa được cấp quyền nói.";
  if (state.phase === "ready") return { text: "Chờ khai mạc", detail, tone: "quiet" };
  if (speaker) return { text: `${speaker} đang phát biểu`, detail, tone: "quiet" };
  return { text: "Điểm cầu trung tâm điều hành", detail, tone: microphone === "on" ? "speak" : "quiet" };
}
