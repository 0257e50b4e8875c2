using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.ApiKeys;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Domain.Recalls;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Domain.Waivers;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.HouseRules;

/// <summary>Commands and states travel between nodes, and events are kept, as JSON: nothing may get lost on the way.</summary>
public sealed class JsonOfTheDomain
{
    private static readonly Type[] Families = [typeof(ModelCommand), typeof(DatasetCommand), typeof(TeamCommand), typeof(EnvironmentCommand), typeof(SubjectCommand), typeof(ApiKeyCommand), typeof(PolicySetCommand), typeof(WaiverCommand), typeof(RecallCommand), typeof(Domain.Maturity.AssessmentCommand)];

    private static readonly Type[] States = [typeof(Model), typeof(Dataset), typeof(Team), typeof(DeploymentEnvironment), typeof(Subject), typeof(ApiKey), typeof(PolicySetHistory), typeof(Waiver), typeof(Recall)];

    public static TheoryData<Type> Commands => [.. Records().Where(t => Families.Any(t.IsSubclassOf))];

    /// <summary>What happened carries who did it; <see cref="PolicyChecked"/> among them.</summary>
    public static TheoryData<Type> Events => [.. Records().Where(t => t.GetProperty("By") is not null && t.GetProperty("At") is not null)];

    public static TheoryData<Type> Travellers => [.. States, typeof(Actor), typeof(Refusal), typeof(AttemptRefused)];

    [Theory]
    [MemberData(nameof(Commands))]
    [MemberData(nameof(Events))]
    [MemberData(nameof(Travellers))]
    public void Comes_back_as_it_went(Type type)
    {
        var sample = Sample.Of(type);
        var json = JsonSerializer.Serialize(sample, type, Given.Json);
        var back = JsonSerializer.Deserialize(json, type, Given.Json)!;
        Given.Said(back).ShouldBe(Given.Said(sample));

        // Said alone would miss what is never written.
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
            json.ShouldContain($"\"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}\":", Case.Sensitive, property.Name);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_comes_back_as_what_it_is_when_only_its_family_is_known(Type type)
    {
        var family = Families.Single(type.IsSubclassOf);
        var sample = Sample.Of(type);
        var back = JsonSerializer.Deserialize(JsonSerializer.Serialize(sample, family, Given.Json), family, Given.Json)!;
        back.ShouldBeOfType(type);
        Given.Said(back).ShouldBe(Given.Said(sample));
    }

    [Fact]
    public void Every_command_has_a_word_of_its_own()
    {
        foreach (var family in Families)
        {
            var words = family.GetCustomAttributes<JsonDerivedTypeAttribute>().ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);
            words.Keys.ShouldBe(Records().Where(t => t.IsSubclassOf(family)), ignoreOrder: true);
            words.ShouldAllBe(w => w.Value == JsonNamingPolicy.KebabCaseLower.ConvertName(w.Key.Name));
        }
    }

    [Fact]
    public void Enums_are_words() =>
        JsonSerializer.Serialize(new ModelVersion { Review = ReviewState.NotRequested }, Given.Json).ShouldContain("\"review\":\"notRequested\"");

    [Theory]
    [MemberData(nameof(Travellers))]
    public void A_state_that_nothing_happened_to_comes_back_too(Type type)
    {
        if (!States.Contains(type)) return;
        var fresh = Activator.CreateInstance(type)!;
        Given.Said(JsonSerializer.Deserialize(JsonSerializer.Serialize(fresh, type, Given.Json), type, Given.Json)!).ShouldBe(Given.Said(fresh));
    }

    [Fact]
    public void Sorted_collections_of_names_compare_byte_by_byte_however_they_were_made()
    {
        var seen = 0;
        foreach (var type in Records())
        {
            foreach (var property in type.GetProperties().Where(p => IsSortedByName(p.PropertyType)))
            {
                var back = JsonSerializer.Deserialize(JsonSerializer.Serialize(Sample.Of(type), type, Given.Json), type, Given.Json)!;
                Comparer(property, back).ShouldBe(StringComparer.Ordinal, $"{type.Name}.{property.Name} after JSON");
                Comparer(property, Activator.CreateInstance(type)!).ShouldBe(StringComparer.Ordinal, $"{type.Name}.{property.Name} when new");
                seen++;
            }
        }

        seen.ShouldBeGreaterThan(6);
        new ModelVersion { Authors = ["b", "B", "a"] }.Authors.KeyComparer.ShouldBe(StringComparer.Ordinal);
    }

    private static object? Comparer(PropertyInfo property, object owner) => property.PropertyType.GetProperty("KeyComparer")!.GetValue(property.GetValue(owner));

    private static bool IsSortedByName(Type type) =>
        type.IsGenericType && type.GetGenericArguments()[0] == typeof(string)
        && (type.GetGenericTypeDefinition() == typeof(ImmutableSortedSet<>) || type.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>));

    private static IEnumerable<Type> Records() => typeof(Model).Assembly.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.GetMethod("<Clone>$") is not null);
}
