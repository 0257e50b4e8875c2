using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace MLOpsGovernance.Server.ApiKeys;

/// <summary>
/// A key is written <c>mlgov_{id}_{secret}</c>. The secret is 256 random bits, so a keyed hash is enough: HMAC-SHA-256 under the server's own secret,
/// which is not in the database.
/// </summary>
internal sealed class ApiKeySecrets(byte[]? serverSecret)
{
    public const string Prefix = "mlgov_";

    /// <summary>False where the operator gave no <c>ApiKeys:Secret</c>; then no key is made and none is accepted.</summary>
    public bool IsConfigured => serverSecret is not null;

    public static string NewSecret() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    public static string Token(string id, string secret) => $"{Prefix}{id}_{secret}";

    /// <summary>Null for anything that is not written as a key.</summary>
    public static (string Id, string Secret)? Parse(string token) =>
        token.StartsWith(Prefix, StringComparison.Ordinal) && token.Length is > 39 and < 200 && token[38] == '_' && Guid.TryParseExact(token[6..38], "N", out _)
            ? (token[6..38], token[39..])
            : null;

    public string Hash(string secret) => Convert.ToHexStringLower(HMACSHA256.HashData(
        serverSecret ?? throw new InvalidOperationException("ApiKeys:Secret is not configured."), Encoding.UTF8.GetBytes(secret)));

    public bool Matches(string secret, string hash) =>
        IsConfigured && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes(hash));
}
