using System.Security.Cryptography;
using System.Text;

namespace MLOpsGovernance.Evidence.Checkpoints;

/// <summary>Two identifiers of a log that look alike and differ.</summary>
public static class LogId
{
    /// <summary>As in the address where a witness shows what it last signed: the digest of the origin.</summary>
    public static string AtWitness(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    /// <summary>As in the formats of transparency-dev: the digest of the origin with <c>o:</c> before it.</summary>
    public static string InFormats(string origin) => AtWitness("o:" + origin);
}
