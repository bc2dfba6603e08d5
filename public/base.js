// Corrects <base> before anything else is loaded.
//
// The page of /x/reset/ says that the site is one folder up. Some servers show
// that page at /x/reset too, and there one folder up would be one too many. The
// page knows its route, so the site's folder is what stands before the route.
// A copy of this file lies beside each page and in each folder above one, since
// the address of this file is read before the folder is known.
//
// The origin stands before each path, since a path may start with // and would
// then be read as another host.
{
  const route = document.documentElement.dataset.route;
  const path = location.pathname.replace(/\/index\.html$/, "/");
  const bare = "/" + route.slice(0, -1);
  if (path !== location.pathname) {
    history.replaceState(null, "", location.origin + path + location.search + location.hash);
  }
  if (route && path.endsWith(bare)) {
    const base = document.createElement("base");
    base.href = location.origin + path.slice(0, -bare.length) + "/";
    document.head.append(base);
  }
}
