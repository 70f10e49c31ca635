package org.hippocamel.ingest;

/** What a source holds in one place: a record, or the reason why it is none. */
sealed interface Entry permits SourceRecord, Rejected {}
