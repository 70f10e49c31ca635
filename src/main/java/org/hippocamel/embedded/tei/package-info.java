/**
 * A server in this process that speaks the HTTP contract of HuggingFace Text Embeddings Inference
 * 1.9.3 for a quantised bge-small-en-v1.5 or a model of the user's own. It depends on nothing else
 * of ours and is met only on the wire, so that it can be exchanged for a real TEI by changing a
 * URL.
 */
package org.hippocamel.embedded.tei;
