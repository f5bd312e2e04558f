// What nobody has answered in time, put before leads on every page, below the ringing calls.
import { addressOf } from "../address.js";
import { el } from "../dom.js";
import { say } from "../words.js";

export const page = "";
export const place = 33;
export const permission = "assign_orders";
export const events = ["work_order"];
export const pauseMs = 1000;
export const path = "/staff/work-orders";
export const frame = el("section", { id: "orders-late" });
export const body = frame;

export const query = () => "?which=overdue";
export const isEmpty = ({ before_me: isBeforeMe }) => !isBeforeMe;

export const draw = ({ overdue }) => [el("a", { class: "late-orders", href: addressOf("orders") }, say("orders_late", { n: overdue }))];
