// The vendored scripts are classic scripts: each adds one name to the page.
declare const Sigma: typeof import("sigma").default & {
  readonly rendering: typeof import("sigma/rendering");
  readonly utils: typeof import("sigma/utils");
};
declare const graphology: typeof import("graphology") & { readonly Graph: typeof import("graphology").default };
declare const vis: typeof import("vis-network/peer") & typeof import("vis-data/peer");
