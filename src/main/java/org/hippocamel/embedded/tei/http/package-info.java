/**
 * The wire: routes, input grammar, error bodies and headers of TEI 1.9.3 on a Vert.x server. May
 * import the core, Vert.x and Jackson streaming.
 */
package org.hippocamel.embedded.tei.http;
