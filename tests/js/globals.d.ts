// The vendored scripts are classic scripts: each adds one name to the page.
declare const vis: typeof import("vis-network/peer") & typeof import("vis-data/peer");
