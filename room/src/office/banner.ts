// One line above the page for what nobody may overlook: the server is away, the session is over.
export const SAY = {
  lost: (seconds: number) =>
    `Mất kết nối tới máy chủ. Những gì bạn vừa nhập vẫn còn trên màn hình. Hệ thống tự thử lại sau ${seconds} giây.`,
  signedOut: "Phiên làm việc đã hết. Đăng nhập lại; phần đang soạn được giữ nguyên.",
  signIn: "Đăng nhập lại (mở trang mới)",
  failed: "Chưa làm được việc vừa bấm. Hãy tải lại trang rồi làm lại.",
};

const SIGN_IN = "/dang-nhap/";

export function show(page: Document, sentence: string, isSignedOut = false): void {
  const line = page.getElementById("office-banner") ?? make(page);
  const words = line.firstElementChild as HTMLElement;
  if (words.textContent !== sentence) words.textContent = sentence;
  line.querySelector("a")?.remove();
  if (isSignedOut) {
    const link = page.createElement("a");
    link.className = "btn btn-outline-primary";
    link.href = SIGN_IN;
    link.target = "_blank";
    link.textContent = SAY.signIn;
    line.append(link);
  }
}

export function hide(page: Document): void {
  page.getElementById("office-banner")?.remove();
}

function make(page: Document): HTMLElement {
  const line = page.createElement("div");
  line.id = "office-banner";
  line.className = "office-banner notice notice-warning";
  line.setAttribute("role", "alert");
  line.append(page.createElement("span"));
  page.body.prepend(line);
  return line;
}
