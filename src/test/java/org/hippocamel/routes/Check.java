package org.hippocamel.routes;

import java.util.List;

/** One rule over all route files. */
interface Check {
  List<Finding> in(RouteFiles files);
}
