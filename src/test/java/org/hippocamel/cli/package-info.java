/** Tests of the command line. */
package org.hippocamel.cli;
