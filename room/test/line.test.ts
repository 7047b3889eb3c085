import { expect, test } from "vitest";
import { type Connection, operatorLine, type OwnMicrophone } from "../src/line";
import type { RoomState } from "../src/contract";
import { floor, hall, room } from "./cast";

test.each<[string, RoomState | null, string, Connection, OwnMicrophone]>([
  ["Đang vào phòng…", null, "p7", "connecting", "locked"],
  ["Chưa ở trong phòng", null, "p7", "offline", "locked"],
  ["Chờ khai mạc", room({ phase: "ready" }), "p7", "connected", "locked"],
  ["Chờ mời phát biểu", room(), "p7", "connected", "locked"],
  ["Chờ mời phát biểu", room({ floor: floor("p8") }), "p7", "connected", "locked"],
  ["ĐANG PHÁT BIỂU", room({ floor: floor("p7") }), "p7", "connected", "on"],
  ["Được mời phát biểu", room({ floor: floor("p7") }), "p7", "connected", "off"],
  ["Được mời phát biểu", room({ floor: floor("p7") }), "p7", "connected", "locked"],
  ["Micro đang khóa", room({ halls: [hall("p7", { locked: true })], floor: floor("p7") }), "p7", "connected", "locked"],
  ["Buổi tiếp tạm dừng…", room({ phase: "paused", pause_reason: "Nghỉ" }), "p7", "connected", "locked"],
  ["Buổi tiếp tạm dừng…", room({ phase: "paused" }), "p5", "connected", "on"],
  ["Đang kết nối lại…", room(), "p7", "reconnecting", "locked"],
  ["Buổi tiếp đã kết thúc", room({ phase: "closed" }), "p7", "ended", "locked"],
  ["Buổi tiếp đã kết thúc", room({ phase: "closed" }), "p7", "reconnecting", "locked"],
  ["Điểm cầu trung tâm điều hành", room(), "p5", "connected", "on"],
  ["Xã Thanh Lộc đang phát biểu", room({ floor: floor("p7") }), "p5", "connected", "on"],
])("the operator reads «%s»", (text, state, own, connection, microphone) => {
  expect(operatorLine(state, own, connection, microphone).text).toBe(text);
});

test("the detail names the reason, the speaker, and what is missing", () => {
  const detail = (state: RoomState) => operatorLine(state, "p7", "connected", "locked").detail;
  expect(detail(room({ phase: "paused", pause_reason: "Kỹ thuật" }))).toBe("Lý do: Kỹ thuật. Xin giữ nguyên chỗ.");
  expect(detail(room())).toContain("Chưa được cấp quyền nói");
  expect(detail(room({ floor: floor("p8") }))).toContain("Hội trường p8 đang phát biểu");
});
