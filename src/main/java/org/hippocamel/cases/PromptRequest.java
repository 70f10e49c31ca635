package org.hippocamel.cases;

/**
 * A question to the case bank whose answer is to stand in a prompt.
 *
 * @param search the question
 * @param budget tokens of the block, or null for the settings'
 */
public record PromptRequest(CaseSearch search, Integer budget) {}
