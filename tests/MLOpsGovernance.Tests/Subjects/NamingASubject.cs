using MLOpsGovernance.Domain;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Subjects;

public sealed class NamingASubject
{
    [Theory]
    [InlineData("a", true, true, true)]
    [InlineData("9", true, true, true)]
    [InlineData("credit-scoring.v2_1", true, true, true)]
    [InlineData("Credit", false, true, true)]
    [InlineData("auth0|5f7c8ec7", false, true, false)]
    [InlineData("key:0192", false, true, false)]
    [InlineData("2026-10+a", false, false, true)]
    [InlineData("ada@example.com", false, false, false)]
    [InlineData("-credit", false, false, false)]
    [InlineData("credit-", false, true, true)]
    [InlineData(".a", false, false, false)]
    [InlineData("a b", false, false, false)]
    [InlineData("a/b", false, false, false)]
    [InlineData("a\n", false, false, false)]
    [InlineData("café", false, false, false)]
    [InlineData("", false, false, false)]
    [InlineData(null, false, false, false)]
    public void Follows_one_rule_for_names_one_for_subjects_and_one_for_labels(string? text, bool name, bool subject, bool label) =>
        (Name.IsValid(text), Name.IsSubject(text), Name.IsLabel(text)).ShouldBe((name, subject, label));

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Takes_up_to_128_characters(int length, bool valid)
    {
        var text = new string('a', length);
        (Name.IsValid(text), Name.IsSubject(text), Name.IsLabel(text)).ShouldBe((valid, valid, valid));
    }

    [Theory]
    [InlineData("key:0192", true)]
    [InlineData("system:gate", true)]
    [InlineData("ada", false)]
    [InlineData("keys", false)]
    [InlineData("Key:0192", false)]
    public void Tells_machines_by_how_they_begin(string subject, bool machine) => Name.IsMachine(subject).ShouldBe(machine);
}
