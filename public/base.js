// Corrects <base> before anything is loaded.
//
// The page of /x/reset/ says that the site is one folder up. Some servers show
// that page at /x/reset too, and there one folder up would be one too many. The
// page knows its route, so the site's folder is what stands before the route.
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
    document.querySelector("base").href = location.origin + path.slice(0, -bare.length) + "/";
  }
}
