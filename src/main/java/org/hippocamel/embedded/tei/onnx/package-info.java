/**
 * The model: the quantised weights from the jar and the session that runs one text at a time. May
 * import the core and ONNX Runtime.
 */
package org.hippocamel.embedded.tei.onnx;
