/**
 * Checks that read the YAML routes as text: what a file may hold, how it names things, and that
 * every name in it leads somewhere. Needs no running Camel and may import nothing of ours.
 */
package org.hippocamel.routes;
