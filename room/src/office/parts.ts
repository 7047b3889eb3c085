// Parts of a page that ask for themselves (htmx): nothing is put in their place when the answer is no, so say it.
import * as banner from "./banner";

const EVERY_S = 60; // what asks for itself does so at least that often

export function watchParts(page: Document): void {
  page.addEventListener("htmx:responseError", (event) => {
    const status = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.status;
    if (status === 401) banner.show(page, banner.SAY.signedOut, true);
    else if (status === 403 || status === 404) banner.show(page, banner.SAY.failed);
    else if (status >= 500) banner.show(page, banner.SAY.lost(EVERY_S));
  });
  page.addEventListener("htmx:sendError", () => banner.show(page, banner.SAY.lost(EVERY_S)));
  page.addEventListener("htmx:afterRequest", (event) => {
    if ((event as CustomEvent<{ successful: boolean }>).detail.successful) banner.hide(page);
  });
}
