/**
 * The case bank: problems, what was done about them, what came of it, and which of them to show.
 * Imports memory, embedding, spaces, recall, ingest's reports, problem, config and BSON.
 */
package org.hippocamel.cases;
