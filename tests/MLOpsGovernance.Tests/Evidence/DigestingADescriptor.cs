using System.Text;
using System.Text.Json;
using MLOpsGovernance.Evidence.Descriptors;
using Shouldly;
using Xunit;
using Bytes = MLOpsGovernance.Evidence.Digest;

namespace MLOpsGovernance.Tests.Evidence;

public sealed class DigestingADescriptor
{
    [Fact]
    public void Is_the_digest_of_its_canonical_text() =>
        Of("""{ "supplier": "Scores Ltd", "productVersion": "4.2.1", "product": "credit-score" }""")
            .ShouldBe(Bytes.Sha256("""{"product":"credit-score","productVersion":"4.2.1","supplier":"Scores Ltd"}"""u8));

    [Fact]
    public void Counts_what_is_null_as_absent() => Of("""{"supplier":"a","product":"b","endpoint":null}""").ShouldBe(Of("""{"product":"b","supplier":"a"}"""));

    [Theory]
    [InlineData("""{"supplier":"a","product":"b","productVersion":"2"}""")]
    [InlineData("""{"supplier":"A","product":"b"}""")]
    [InlineData("""{"supplier":"a","product":"b","promptDigests":[]}""")]
    [InlineData("""{"supplier":"a","product":"b","contract":"c-1"}""")]
    public void Changes_with_whatever_the_supplier_changes(string other) => Of(other).ShouldNotBe(Of("""{"supplier":"a","product":"b"}"""));

    [Fact]
    public void Keeps_the_order_of_lists() => Of("""{"promptDigests":["a","b"]}""").ShouldNotBe(Of("""{"promptDigests":["b","a"]}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("""{"supplier":"a","supplier":"b"}""")]
    [InlineData("""{"supplier":"\ud800"}""")]
    [InlineData("{")]
    public void Is_refused_for_what_is_none(string json) => Should.Throw<JsonException>(() => Of(json));

    private static string Of(string json) => DescriptorDigest.Of(Encoding.UTF8.GetBytes(json));
}
