package dev.longshore.core.setting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.DeleteAccountSettingRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListAccountSettingsRequest;
import dev.longshore.shapes.ecs.ListAccountSettingsResponse;
import dev.longshore.shapes.ecs.PutAccountSettingDefaultRequest;
import dev.longshore.shapes.ecs.PutAccountSettingRequest;
import dev.longshore.shapes.ecs.Setting;
import dev.longshore.shapes.ecs.SettingName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountSettingsTest {
  private static final String ROOT = "arn:aws:iam::123456789012:root";
  private static final String ANN = "arn:aws:iam::123456789012:user/ann";
  private static final String TRUNKING = "awsvpcTrunking";

  private final Harbour harbour = new Harbour();

  @Test
  void a_principals_own_value_wins_over_the_accounts_and_that_over_the_services() {
    harbour.as(ANN);
    assertThat(effective(TRUNKING)).isEqualTo("disabled");
    putDefault(TRUNKING, "enabled");
    assertThat(effective(TRUNKING)).isEqualTo("enabled");
    assertThat(put(TRUNKING, "disabled")).isEqualTo(new Setting(TRUNKING, "disabled", ANN, "user"));
    assertThat(effective(TRUNKING)).isEqualTo("disabled");
    assertThat(delete(TRUNKING)).isEqualTo(new Setting(TRUNKING, "disabled", ANN, "user"));
    assertThat(effective(TRUNKING)).isEqualTo("enabled");
  }

  @Test
  void what_root_sets_holds_for_everybody() {
    put(TRUNKING, "enabled");
    harbour.as(ANN);
    assertThat(effective(TRUNKING)).isEqualTo("enabled");
  }

  @Test
  void root_may_set_a_value_for_a_user() {
    Setting setting =
        harbour
            .call(
                new PutAccountSetting(),
                PutAccountSettingRequest.builder()
                    .name(TRUNKING)
                    .value("enabled")
                    .principalArn(ANN)
                    .build())
            .setting();
    assertThat(setting).isEqualTo(new Setting(TRUNKING, "enabled", ANN, "user"));
    assertThat(effective(TRUNKING)).isEqualTo("disabled");
    harbour.as(ANN);
    assertThat(effective(TRUNKING)).isEqualTo("enabled");
  }

  @Test
  void settings_of_a_roles_session_are_the_roles() {
    harbour.as("arn:aws:sts::123456789012:assumed-role/deploy/session-1");
    assertThat(put(TRUNKING, "enabled").principalArn())
        .isEqualTo("arn:aws:iam::123456789012:role/deploy");
    harbour.as("arn:aws:sts::123456789012:assumed-role/deploy/session-2");
    assertThat(effective(TRUNKING)).isEqualTo("enabled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann",
        "arn:aws:iam::999999999999:user/ann",
        "arn:aws:iam::123456789012:group/all",
        "arn:aws:s3:::bucket"
      })
  void principals_are_users_roles_or_root_of_the_account(String principal) {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() ->
            harbour.call(
                new PutAccountSetting(),
                PutAccountSettingRequest.builder()
                    .name(TRUNKING)
                    .value("enabled")
                    .principalArn(principal)
                    .build()));
  }

  @Test
  void long_arns_cannot_be_disabled() {
    for (String name :
        List.of("serviceLongArnFormat", "taskLongArnFormat", "containerInstanceLongArnFormat")) {
      assertThat(put(name, "enabled").value()).isEqualTo("enabled");
      assertThatExceptionOfType(InvalidParameterException.class)
          .isThrownBy(() -> put(name, "disabled"))
          .withMessage("Invalid setting 'value'");
    }
  }

  @Test
  void every_setting_of_the_model_takes_its_values_and_no_other() {
    assertThat(KnownSetting.ALL)
        .extracting(KnownSetting::name)
        .containsExactlyElementsOf(SettingName.VALUES);
    for (KnownSetting setting : KnownSetting.ALL) {
      if (!setting.managed()) {
        setting
            .values()
            .forEach(value -> assertThat(put(setting.name(), value).value()).isEqualTo(value));
        assertThatExceptionOfType(InvalidParameterException.class)
            .isThrownBy(() -> put(setting.name(), "ENABLED"));
      }
    }
  }

  @Test
  void guard_duty_is_managed_by_aws() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> put("guardDutyActivate", "on"));
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> delete("guardDutyActivate"));
  }

  @Test
  void an_unknown_name_is_refused_with_the_names_there_are() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> put("unknown", "enabled"))
        .withMessageStartingWith(
            "unknown should be one of [serviceLongArnFormat,taskLongArnFormat,");
  }

  @Test
  void only_what_was_set_is_listed_unless_effective_settings_are_asked_for() {
    assertThat(list(ListAccountSettingsRequest.builder()).settings()).isEmpty();
    put("containerInsights", "enabled");
    put(TRUNKING, "enabled");
    assertThat(list(ListAccountSettingsRequest.builder()).settings())
        .containsExactly(
            new Setting(TRUNKING, "enabled", ROOT, "user"),
            new Setting("containerInsights", "enabled", ROOT, "user"));
    assertThat(
            list(ListAccountSettingsRequest.builder().name("containerInsights").value("disabled"))
                .settings())
        .isEmpty();
  }

  @Test
  void effective_settings_are_one_row_each_ten_a_page() {
    ListAccountSettingsResponse first =
        list(ListAccountSettingsRequest.builder().effectiveSettings(true));
    assertThat(first.settings()).hasSize(10);
    ListAccountSettingsResponse second =
        list(
            ListAccountSettingsRequest.builder()
                .effectiveSettings(true)
                .nextToken(first.nextToken()));
    assertThat(second.nextToken()).isNull();
    List<Setting> all = new ArrayList<>(requireNonNull(first.settings()));
    all.addAll(requireNonNull(second.settings()));
    assertThat(all).extracting(Setting::name).containsExactlyElementsOf(SettingName.VALUES);
    assertThat(all).contains(new Setting("guardDutyActivate", "off", ROOT, "aws_managed"));
  }

  @Test
  void a_value_is_no_filter_without_a_name_and_a_page_has_at_most_ten() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> list(ListAccountSettingsRequest.builder().value("enabled")));
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> list(ListAccountSettingsRequest.builder().maxResults(11)));
  }

  private String effective(String name) {
    return AccountSettings.effective(harbour.state(), harbour.context(), name);
  }

  private Setting put(String name, String value) {
    return requireNonNull(
        harbour
            .call(
                new PutAccountSetting(),
                PutAccountSettingRequest.builder().name(name).value(value).build())
            .setting());
  }

  private void putDefault(String name, String value) {
    Setting setting =
        harbour
            .call(
                new PutAccountSettingDefault(),
                PutAccountSettingDefaultRequest.builder().name(name).value(value).build())
            .setting();
    assertThat(setting).isEqualTo(new Setting(name, value, ROOT, "user"));
  }

  private Setting delete(String name) {
    return requireNonNull(
        harbour
            .call(
                new DeleteAccountSetting(),
                DeleteAccountSettingRequest.builder().name(name).build())
            .setting());
  }

  private ListAccountSettingsResponse list(ListAccountSettingsRequest.Builder request) {
    return harbour.ask(new ListAccountSettings(), request.build());
  }
}
