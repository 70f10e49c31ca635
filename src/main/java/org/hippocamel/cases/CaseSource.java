package org.hippocamel.cases;

import java.io.Closeable;
import java.util.Iterator;
import java.util.List;

/** Cases that are read group by group. Closed by whoever opened it; for one thread. */
public interface CaseSource extends Iterator<List<CaseLine>>, Closeable {}
