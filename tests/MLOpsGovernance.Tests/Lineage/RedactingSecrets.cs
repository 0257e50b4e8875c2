using System.Text;
using System.Text.Json;
using MLOpsGovernance.Domain.Lineage;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Lineage;

public sealed class RedactingSecrets
{
    [Theory]
    [InlineData("sqlserver://host:3342;user=sa;password=hunter2;encrypt=true", "sqlserver://host:3342;user=sa;password=***;encrypt=true")]
    [InlineData("postgres://scott:tiger@db:5432", "postgres://db:5432")]
    [InlineData("jdbc:mysql://u:p@h/db?pwd=x&token=y z", "jdbc:mysql://h/db?pwd=***&token=*** z")]
    [InlineData("https://h/x?sig=abc%3D&se=1", "https://h/x?sig=***&se=1")]
    [InlineData("abfss://container@account.dfs.core.windows.net/x", "abfss://container@account.dfs.core.windows.net/x")]
    [InlineData("a plain text, with no secret: none", "a plain text, with no secret: none")]
    [InlineData("kafka://b:9092", "kafka://b:9092")]
    public void Takes_them_out_of_texts(string text, string without) => SecretRedaction.Of(text).ShouldBe(without);

    [Theory]
    [InlineData("""{"b":1,"a":{"spark.hadoop.fs.s3a.secret.key":"x","spark.hadoop.fs.s3a.access.key":"k","auth_token":["t"],"tokens":3,"maxTokens":"4"}}""",
        """{"a":{"auth_token":["***"],"maxTokens":"4","spark.hadoop.fs.s3a.access.key":"***","spark.hadoop.fs.s3a.secret.key":"***","tokens":3},"b":1}""")]
    [InlineData("""{"n":12345678901234567890,"e":1.50e400,"a":1,"a":2}""", """{"a":2,"e":1.50e400,"n":12345678901234567890}""")]
    public void Takes_them_out_of_members_and_keeps_all_else_to_the_digit(string json, string kept) =>
        Encoding.UTF8.GetString(SecretRedaction.Write(JsonDocument.Parse(json).RootElement).Span).ShouldBe(kept);
}
