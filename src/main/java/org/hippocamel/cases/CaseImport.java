package org.hippocamel.cases;

import org.hippocamel.ingest.IngestReport;

/**
 * Cases on their way into the bank.
 *
 * @param tenant whose they are
 * @param lines what is read
 * @param report what became of them so far
 */
public record CaseImport(String tenant, CaseSource lines, IngestReport report) {}
