package org.hippocamel.embedding;

import java.util.List;

/** A request cut into tickets that each fit into one TEI call. */
public record Asked(List<Ticket> tickets) {}
