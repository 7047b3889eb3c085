// What a hall's operator reads when camera or microphone cannot be used: what happened, and the one thing to do next.
export type DeviceKind = "camera" | "microphone";
export type ProblemCode = "insecure" | "refused" | "missing" | "busy" | "lost" | "other";

export interface Problem {
  code: ProblemCode;
  sentence: string;
}

const WORD: Record<DeviceKind, string> = { camera: "camera", microphone: "micro" };

export function problemOf(kind: DeviceKind, error: unknown): Problem {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError") return problem(kind, "refused");
  if (name === "NotFoundError" || name === "OverconstrainedError") return problem(kind, "missing");
  if (name === "NotReadableError" || name === "AbortError") return problem(kind, "busy");
  return problem(kind, name === "TypeError" || name === "InsecureError" ? "insecure" : "other");
}

export function problem(kind: DeviceKind, code: ProblemCode): Problem {
  const device = WORD[kind];
  const again = `«Mở lại ${device}»`;
  const sentences: Record<ProblemCode, string> = {
    insecure: `Trình duyệt chỉ cho dùng ${device} khi địa chỉ bắt đầu bằng https://. Gọi kỹ thuật trung tâm để lấy đúng địa chỉ.`,
    refused: `Trình duyệt chưa được phép dùng ${device}. Bấm biểu tượng ổ khóa cạnh địa chỉ, chọn «Cho phép», rồi bấm «Thử lại».`,
    missing: `Không tìm thấy ${device} nào trên máy này. Cắm ${device}, chờ vài giây, rồi bấm «Thử lại».`,
    busy: `${device === "micro" ? "Micro" : "Camera"} đang bị phần mềm khác dùng. Đóng Zalo, Zoom hoặc phần mềm họp khác, rồi bấm «Thử lại».`,
    lost:
      kind === "camera"
        ? `Camera không có hình. Theo quy định camera phải luôn mở. Kiểm tra dây rồi bấm ${again}.`
        : `Micro không có tiếng. Kiểm tra dây rồi bấm ${again}.`,
    other: `Chưa mở được ${device}. Rút ra cắm lại, rồi bấm «Thử lại». Nếu vẫn chưa được, gọi kỹ thuật trung tâm.`,
  };
  return { code, sentence: sentences[code] };
}

/** Two refusals by the browser are one errand at the padlock. */
export function together(camera: Problem | null, microphone: Problem | null): Problem | null {
  const same = camera?.code === microphone?.code && (camera?.code === "refused" || camera?.code === "insecure");
  return same && camera ? { ...camera, sentence: camera.sentence.replace("dùng camera", "dùng camera và micro") } : null;
}
