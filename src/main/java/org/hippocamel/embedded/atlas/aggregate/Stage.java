package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;

/** One stage of a pipeline: rows in, rows out, as they are asked for. */
interface Stage {
  Iterator<Row> apply(Iterator<Row> input);
}
