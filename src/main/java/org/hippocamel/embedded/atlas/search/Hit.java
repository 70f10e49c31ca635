package org.hippocamel.embedded.atlas.search;

import org.bson.BsonValue;

/** A search hit. */
public record Hit(BsonValue id, float score) {}
