/**
 * What can go wrong, in one table, and how it is told to a caller (RFC 9457). Imports nothing of
 * ours; {@code ProblemReply} alone knows the exceptions of Camel's HTTP client and of MongoDB.
 */
package org.hippocamel.problem;
