/**
 * Checks that read the YAML routes as text: what a file may hold, how it names things, and that
 * every name in it leads somewhere. Needs no running Camel; of ours it imports only the list of
 * bound beans.
 */
package org.hippocamel.routes;
