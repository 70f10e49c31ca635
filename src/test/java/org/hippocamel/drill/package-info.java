/**
 * Long exercises of the packaged program as a process of its own: killed again and again, or asked
 * thousands of questions. Main classes to be run by hand, not part of the test run; they meet the
 * program on the wire only and may import nothing of ours but the stub of TEI and, to count what a
 * store is asked, the embedded store behind a relay.
 */
package org.hippocamel.drill;
