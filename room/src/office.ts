// Pages of the office work without script. With it, a form that cannot be sent stays on the screen as it was typed, and
// what is printed or asked for again by htmx says so when it fails.
import { watchCalendar } from "./office/calendar";
import { sayDays } from "./office/days";
import { watchForms } from "./office/forms";
import { watchOrder } from "./office/order";
import { watchParts } from "./office/parts";
import { offerPrinting } from "./office/print";
import { watchRows } from "./office/rows";
import { showWrong } from "./office/wrong";

watchForms(document);
watchParts(document);
offerPrinting(document);
watchRows(document);
watchOrder(document);
watchCalendar(document);
sayDays(document);
showWrong(document);
