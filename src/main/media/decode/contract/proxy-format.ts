/** Pictures from one key picture of a proxy to the next; groups are closed, so each decodes without the others. */
export const proxyGroup = 12

/** x264's side of the proxy format: closed groups, no B pictures, no extra key pictures (docs/media.md). */
export const proxyGroups = `keyint=${proxyGroup}:min-keyint=${proxyGroup}:scenecut=0:open-gop=0:bframes=0`
