package org.hippocamel.recall;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.hippocamel.api.Body;
import org.hippocamel.api.FilterGrammar;
import org.hippocamel.api.Refusals;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static final String ALL = "filter: [{exists: {path: 'tenant'}}]";

  @Test
  void value_meansEquals() {
    compiles(
        "{'topic':'x'}",
        "{'metadata.topic': {$eq: 'x'}}",
        "{equals: {path: 'metadata.topic', value: 'x'}}");
  }

  @Test
  void eq_takesEveryType() {
    compiles(
        "{'year':{'eq':2026}}",
        "{'metadata.year': {$eq: NumberLong(2026)}}",
        "{equals: {path: 'metadata.year', value: NumberLong(2026)}}");
    compiles(
        "{'year':{'eq':0.5}}",
        "{'metadata.year': {$eq: 0.5}}",
        "{equals: {path: 'metadata.year', value: 0.5}}");
    compiles(
        "{'done':{'eq':true}}",
        "{'metadata.done': {$eq: true}}",
        "{equals: {path: 'metadata.done', value: true}}");
    compiles(
        "{'published':{'eq':'2026-01-31'}}",
        "{'metadata.published': {$eq: ISODate('2026-01-31T00:00:00Z')}}",
        "{equals: {path: 'metadata.published', value: ISODate('2026-01-31T00:00:00Z')}}");
  }

  @Test
  void ne_matchesMemoriesWithoutTheField() {
    compiles(
        "{'topic':{'ne':'x'}}",
        "{'metadata.topic': {$ne: 'x'}}",
        "{compound: {" + ALL + ", mustNot: [{equals: {path: 'metadata.topic', value: 'x'}}]}}");
  }

  @Test
  void in_listsValues() {
    compiles(
        "{'topic':{'in':['x','y']}}",
        "{'metadata.topic': {$in: ['x', 'y']}}",
        "{in: {path: 'metadata.topic', value: ['x', 'y']}}");
  }

  @Test
  void nin_matchesMemoriesWithoutTheField() {
    compiles(
        "{'year':{'nin':[1,2]}}",
        "{'metadata.year': {$nin: [NumberLong(1), NumberLong(2)]}}",
        "{compound: {"
            + ALL
            + ", mustNot: [{in: {path: 'metadata.year', value: [NumberLong(1), NumberLong(2)]}}]}}");
  }

  @Test
  void ranges_keepOneBoundEach() {
    for (String word : List.of("gt", "gte", "lt", "lte")) {
      compiles(
          "{'year':{'" + word + "':1}}",
          "{'metadata.year': {$" + word + ": NumberLong(1)}}",
          "{range: {path: 'metadata.year', " + word + ": NumberLong(1)}}");
    }
    compiles(
        "{'occurred_at':{'gte':'2026-01-01','lt':'2026-02-01'}}",
        "{$and: [{occurred_at: {$gte: ISODate('2026-01-01T00:00:00Z')}},"
            + " {occurred_at: {$lt: ISODate('2026-02-01T00:00:00Z')}}]}",
        "{compound: {filter: [{range: {path: 'occurred_at', gte:"
            + " ISODate('2026-01-01T00:00:00Z')}}, {range: {path: 'occurred_at', lt:"
            + " ISODate('2026-02-01T00:00:00Z')}}]}}");
  }

  @Test
  void exists_bothWays() {
    compiles(
        "{'topic':{'exists':true}}",
        "{'metadata.topic': {$exists: true}}",
        "{exists: {path: 'metadata.topic'}}");
    compiles(
        "{'topic':{'exists':false}}",
        "{'metadata.topic': {$exists: false}}",
        "{compound: {" + ALL + ", mustNot: [{exists: {path: 'metadata.topic'}}]}}");
  }

  @Test
  void fieldsOfOneObject_mustAllHold() {
    compiles(
        "{'topic':'x','source_id':'s'}",
        "{$and: [{'metadata.topic': {$eq: 'x'}}, {'source.id': {$eq: 's'}}]}",
        "{compound: {filter: [{equals: {path: 'metadata.topic', value: 'x'}},"
            + " {equals: {path: 'source.id', value: 's'}}]}}");
  }

  @Test
  void andOrNot_nest() {
    compiles(
        "{'or':[{'topic':'x'},{'not':{'done':true}}]}",
        "{$or: [{'metadata.topic': {$eq: 'x'}}, {$nor: [{'metadata.done': {$eq: true}}]}]}",
        "{compound: {should: [{equals: {path: 'metadata.topic', value: 'x'}}, {compound: {"
            + ALL
            + ", mustNot: [{equals: {path: 'metadata.done', value: true}}]}}],"
            + " minimumShouldMatch: 1}}");
    compiles(
        "{'and':[{'kind':'case'}]}",
        "{$and: [{kind: {$eq: 'case'}}]}",
        "{compound: {filter: [{equals: {path: 'kind', value: 'case'}}]}}");
  }

  @Test
  void values_areNeverReadAsOperators() {
    compiles(
        "{'topic':'$where: {\\'x\\': 1}'}".replace("\\'", "\\\""),
        "{'metadata.topic': {$eq: '$where: {\"x\": 1}'}}",
        "{equals: {path: 'metadata.topic', value: '$where: {\"x\": 1}'}}");
  }

  @Test
  void unknownFields_areRefusedByName() {
    String fields =
        "; fields are agent_id, session_id, kind, source_id, occurred_at, created_at, updated_at,"
            + " case_status, case_reward, task_type, tools, done, published, topic, year (memory.filterable)";
    refuses("{'colour':'x'}", "/filter/colour: cannot filter on \"colour\"" + fields);
    refuses(
        "{'topics':'x'}",
        "/filter/topics: cannot filter on \"topics\"; did you mean \"topic\"?" + fields);
    refuses("{'tenant':'b'}", "/filter/tenant: cannot filter on \"tenant\"" + fields);
    refuses(
        "{'metadata.topic':'x'}",
        "/filter/metadata.topic: cannot filter on \"metadata.topic\"" + fields);
    refuses("{'$where':'1'}", "/filter/$where: cannot filter on \"$where\"" + fields);
    refuses("{'$or':[]}", "/filter/$or: cannot filter on \"$or\"" + fields);
  }

  @Test
  void unknownOperators_areRefusedByName() {
    String operators = "; use eq, ne, gt, gte, lt, lte, in, nin, exists";
    refuses(
        "{'year':{'$gt':1}}",
        "/filter/year/$gt: unknown operator \"$gt\" on year; did you mean \"gt\"?" + operators);
    refuses(
        "{'topic':{'regex':'x'}}",
        "/filter/topic/regex: unknown operator \"regex\" on topic" + operators);
    refuses("{'topic':{}}", "/filter/topic: topic names no operator" + operators);
  }

  @Test
  void values_mustSuitTheField() {
    refuses("{'topic':1}", "/filter/topic: topic must be compared with a string, is a number");
    refuses(
        "{'year':{'in':[1,'2']}}",
        "/filter/year/in/1: year must be compared with a number, is a string");
    refuses("{'done':'true'}", "/filter/done: done must be compared with a boolean, is a string");
    refuses(
        "{'published':2026}",
        "/filter/published: published must be compared with a date string, is a number");
    refuses(
        "{'published':{'gt':'soon'}}",
        "/filter/published/gt: published \"soon\" is not an ISO-8601 date; write 2026-01-31 or"
            + " 2026-01-31T12:00:00Z");
    refuses(
        "{'kind':'secret'}",
        "/filter/kind: kind \"secret\" is not one of interaction, passage, case");
    refuses(
        "{'topic':{'eq':{'a':1}}}",
        "/filter/topic/eq: topic must be compared with a string, is an object");
    refuses(
        "{'topic':{'gt':'a'}}",
        "/filter/topic/gt: gt needs a number or date field, topic is a string");
    refuses(
        "{'topic':{'exists':'yes'}}",
        "/filter/topic/exists: exists must be true or false, is a string");
  }

  @Test
  void listsAndNulls_getAHint() {
    refuses(
        "{'topic':['x']}",
        "/filter/topic: topic cannot be compared with a list; use {\"in\": [...]} for any of"
            + " them");
    refuses(
        "{'topic':null}",
        "/filter/topic: topic cannot be compared with null; use {\"exists\": false}");
    refuses("{'topic':{'in':'x'}}", "/filter/topic/in: in must be a list of at least one value");
    refuses("{'topic':{'nin':[]}}", "/filter/topic/nin: nin must be a list of at least one value");
    refuses("{'or':[]}", "/filter/or: or must be a list of at least one filter");
    refuses("{'and':{}}", "/filter/and: and must be a list of at least one filter");
    refuses("{'not':[]}", "/filter/not: a filter must be an object, is a list");
    refuses("'x'", "/filter: a filter must be an object, is a string");
    refuses("{}", "/filter: the filter is empty; name a field or leave the filter out");
    refuses(
        "{'and':[{}]}", "/filter/and/0: the filter is empty; name a field or leave the filter out");
  }

  @Test
  void hugeNumbers_areRefused() {
    refuses(
        "{'year':9223372036854775808}",
        "/filter/year: year is compared with a number beyond 64 bits");
    refuses("{'year':1e400}", "/filter/year: year is compared with a number beyond 64 bits");
    compiles(
        "{'year':-9223372036854775808}",
        "{'metadata.year': {$eq: NumberLong('-9223372036854775808')}}",
        "{equals: {path: 'metadata.year', value: NumberLong('-9223372036854775808')}}");
  }

  @Test
  void faults_areReportedTogether() {
    refuses(
        "{'topic':1,'or':[{'year':'x'},{'done':2}]}",
        "/filter/topic: topic must be compared with a string, is a number",
        "/filter/or/0/year: year must be compared with a number, is a string",
        "/filter/or/1/done: done must be compared with a boolean, is a number");
  }

  @Test
  void depth_isBounded() {
    String seven = "{'not':".repeat(7) + "{'topic':'x'}" + "}".repeat(7);
    assertEquals(List.of(), faults(seven));
    refuses(
        "{'not':" + seven + "}",
        "/filter"
            + "/not".repeat(8)
            + ": the filter is nested deeper than 8"
            + " (limits.max-filter-depth)");
  }

  @Test
  void size_isBounded() {
    String many = "/filter: the filter has more than 128 conditions (limits.max-filter-clauses)";
    assertEquals(List.of(), faults("{'year':{'in':[" + "1,".repeat(127) + "1]}}"));
    refuses("{'year':{'in':[" + "1,".repeat(128) + "1]}}", many);
    assertEquals(List.of(), faults("{'or':[" + "{'year':1},".repeat(127) + "{'year':1}]}"));
    refuses("{'or':[" + "{'year':1},".repeat(200) + "{'year':1}]}", many);
  }

  private static void compiles(String filter, String vector, String search) {
    List<FieldError> errors = new ArrayList<>();
    Filter parsed = parse(filter, errors);
    assertEquals(List.of(), lines(errors));
    assertEquals(Document.parse(vector), parsed.toVectorFilter());
    assertEquals(Document.parse(search), parsed.toSearchClause());
  }

  private static void refuses(String filter, String... faults) {
    assertEquals(List.of(faults), faults(filter));
  }

  private static List<String> faults(String filter) {
    List<FieldError> errors = new ArrayList<>();
    Filter parsed = parse(filter, errors);
    assertEquals(errors.isEmpty(), parsed != null);
    return lines(errors);
  }

  private static Filter parse(String filter, List<FieldError> errors) {
    return new FilterGrammar(FilterFields.of(Refusals.schema()), Limits.defaults())
        .parse(Body.parse(body(filter)), "/filter", errors)
        .orElse(null);
  }
}
