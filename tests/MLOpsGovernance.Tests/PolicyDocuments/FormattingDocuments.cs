using MLOpsGovernance.Policy;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

public sealed class FormattingDocuments
{
    private static string Format(string text, string path = "p.yaml")
    {
        var (formatted, errors) = PolicyFormatting.Of(new(path, text));
        errors.ShouldBeEmpty();
        PolicyFormatting.Of(new(path, formatted!)).Text.ShouldBe(formatted, "formatting twice changes nothing");
        return formatted!;
    }

    [Fact]
    public void Puts_keys_in_the_order_of_their_form_with_the_comments_above_them() => Format("""
        # Who may release what.
        kind: Policy
        apiVersion: governance.mlops/v1
        spec:
          # The rules.
          rules:
            - title: One
              # Never used again.
              id: P-001
              expression: >-
                true
                  && true

            # The second.
            - id: P-002
              controls: [{ref: Art. 1, framework: f}]
              title: Two # the other one
          enforcement:
            environments: {production: mandatory}
            default: advisory
          match: {}
        metadata: {title: t, name: p}
        """).ShouldBe("""
        # Who may release what.
        apiVersion: governance.mlops/v1
        kind: Policy
        metadata: {title: t, name: p}
        spec:
          match: {}
          enforcement:
            default: advisory
            environments: {production: mandatory}
          # The rules.
          rules:
            - # Never used again.
              id: P-001
              title: One
              expression: >-
                true
                  && true

            # The second.
            - id: P-002
              title: Two # the other one
              controls: [{ref: Art. 1, framework: f}]

        """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n")]
    [InlineData("\n\na: 1   \n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n")]
    [InlineData("\uFEFFa: 1", "a: 1\n")]
    [InlineData("a: |\n  x  \n\n\n  y\n\n\nb: 2\n", "a: |\n  x  \n\n\n  y\n\nb: 2\n")]
    [InlineData("a: \"x  \n\n\n  y\"\nb: 2\n", "a: \"x  \n\n\n  y\"\nb: 2\n")]
    [InlineData("a: 1\n# the end  \n", "a: 1\n# the end\n")]
    public void Settles_line_ends_and_empty_lines_outside_of_texts(string text, string formatted)
    {
        const string head = "apiVersion: governance.mlops/v1\nkind: Purposes\n";
        var ends = text.StartsWith('\uFEFF') ? "\uFEFF" + head + text[1..] : text.StartsWith('\n') ? text[..2] + head + text[2..] : head + text;
        Format(ends).ShouldBe(head + formatted);
    }

    [Theory]
    [InlineData("b: |+\n  x\n\n\n")]
    [InlineData("a: [1,\n  2]\nb: |+\n  x\n\n\n")]
    public void Leaves_a_file_alone_where_it_would_change_what_it_says(string text)
    {
        var file = new PolicyFile("p.yaml", "apiVersion: governance.mlops/v1\nkind: Purposes\n" + text);
        var (formatted, errors) = PolicyFormatting.Of(file);
        if (formatted is null) errors.ShouldHaveSingleItem().Code.ShouldBe("format.unsafe");
        else formatted.ShouldEndWith("x\n\n\n");
    }

    [Theory]
    [InlineData("a: [")]
    [InlineData("kind: Policy\nkind: Policy\n")]
    [InlineData("apiVersion: governance.mlops/v1\nkind: Poem\n")]
    public void Says_what_is_wrong_with_a_file_that_is_no_document(string text) => PolicyFormatting.Of(new("p.yaml", text)).Errors.ShouldNotBeEmpty();

    [Fact]
    public void Changes_the_meaning_of_nothing_that_is_shipped()
    {
        var files = PolicySet.ReadFolder(RepositoryFiles.At("policies"));
        var formatted = files.Select(f => f with { Text = Format(f.Text, f.Path) }).ToList();
        PolicySet.Load(formatted).Set!.Digest.ShouldBe(PolicySet.Load(files).Set!.Digest);
    }
}
