using MLOpsGovernance.Advisor.People;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorSamples;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class AdvisorSkills
{
    [Fact]
    public void Count_equivalents_of_a_tool_and_the_group_itself_as_much_as_the_tool()
    {
        var profile = TeamSkills.Profile([Person("p1", ["mlops-engineer"], ("podman", 3), ("OpenShift", 4), ("github actions", 3), ("serving", 3)), Person("p2", [], ("Docker", 2))], Shipped.People);
        profile.Roles["mlops_engineer"].Missing.ShouldBe(["cloud", "tracking_registry"]);
        profile.Roles["mlops_engineer"].SinglePoint.ShouldBe(["containers", "orchestration", "ci_cd", "serving"]);
        profile.TeamShape.ShouldBe(-0.5);
    }

    [Fact]
    public void Of_nobody_are_none() => TeamSkills.Profile([], Shipped.People).ShouldSatisfyAllConditions(static p => p.Expertise.ShouldBe(-1), static p => p.TeamShape.ShouldBe(-1));

    [Fact]
    public void Are_refused_with_the_field_and_the_reason()
    {
        var faults = SkillFaults.Of([Person("p1", ["wizard"], ("Docker", 5)), Person("p1", ["data-scientist"], ("R", 4))], Shipped.People).ToList();
        faults.Select(static f => (f.Field, f.Code)).ShouldBe([("people[0].roles", "unknown-role"), ("people[0].skills.Docker", "proficiency-out-of-range"), ("people[1].name", "person-repeated")]);
    }

    private static Person Person(string name, string[] roles, params (string Tool, int Level)[] skills) => new(name, roles, skills.ToDictionary(static s => s.Tool, static s => s.Level, StringComparer.Ordinal));
}
