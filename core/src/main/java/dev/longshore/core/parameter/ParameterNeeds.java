package dev.longshore.core.parameter;

import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Needs;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ssm.AddTagsToResourceRequest;
import dev.longshore.shapes.ssm.DescribeParametersRequest;
import dev.longshore.shapes.ssm.GetParametersByPathRequest;
import dev.longshore.shapes.ssm.PutParameterRequest;
import dev.longshore.shapes.ssm.RemoveTagsFromResourceRequest;
import dev.longshore.shapes.ssm.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rights that actions on parameters need: on each parameter that is named. */
final class ParameterNeeds implements Needs {
  @Override
  public List<Need> of(String action, Shape input, View view, Context context) {
    List<Need> needs = new ArrayList<>();
    switch (input) {
      case DescribeParametersRequest request -> {}
      case PutParameterRequest request ->
          needs.add(
              on(action, request.name(), view, context)
                  .with("ssm:Overwrite", String.valueOf(Boolean.TRUE.equals(request.overwrite())))
                  .withRequestTags(tags(request.tags())));
      case GetParametersByPathRequest request ->
          needs.add(
              on(action, request.path(), view, context)
                  .with("ssm:Recursive", String.valueOf(Boolean.TRUE.equals(request.recursive()))));
      case AddTagsToResourceRequest request ->
          needs.add(
              on(action, request.resourceId(), view, context)
                  .withRequestTags(tags(request.tags())));
      case RemoveTagsFromResourceRequest request ->
          needs.add(on(action, request.resourceId(), view, context).withTagKeys(request.tagKeys()));
      default -> names(input).forEach(name -> needs.add(on(action, name, view, context)));
    }
    needs.addAll(ParameterKeyNeeds.of(input, view, context));
    return needs.isEmpty() ? List.of(Need.of(action, Need.EVERYTHING)) : needs;
  }

  private static Need on(String action, String text, View view, Context context) {
    String name = Selector.of(view, text).name();
    StoredParameter parameter = view.find(StoredParameter.KIND, name);
    Need need = Need.of(action, ParameterAnswers.arn(name, context));
    return parameter == null ? need : need.withResourceTags(parameter.tags());
  }

  private static List<String> names(Shape input) {
    List<String> names = new ArrayList<>();
    for (Member member : input.schema().members()) {
      Object value = input.member(member.index());
      switch (member.wireName()) {
        case "Name", "ResourceId" -> names.add(String.valueOf(value));
        case "Names" -> {
          if (value instanceof List<?> list) {
            list.forEach(name -> names.add(String.valueOf(name)));
          }
        }
        default -> {}
      }
    }
    return names;
  }

  private static Map<String, String> tags(@Nullable List<Tag> given) {
    Map<String, String> tags = new TreeMap<>();
    Given.list(given).forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }
}
