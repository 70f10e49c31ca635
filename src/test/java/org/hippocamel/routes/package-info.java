/**
 * The YAML routes: tests that send through the files that ship, and checks that read them as text.
 * The checks say what a file may hold, how it names things and that every name in it leads
 * somewhere; of ours they import only the list of bound beans.
 */
package org.hippocamel.routes;
