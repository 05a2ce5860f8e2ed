// The mediasoup worker is written against libsrtp 3; distributions ship libsrtp 2.
//
// This header is found before the system's and gives the worker the libsrtp 3 calls it makes, each
// expressed with libsrtp 2. Two things differ between the versions: the policy became an opaque
// object filled by setters, and protecting a packet no longer happens in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

// libsrtp 2 calls its plain struct srtp_policy_t, a name that libsrtp 3 gives to a pointer.
#define srtp_policy_t srtp2_plain_policy
extern "C"
{
#include <srtp2/srtp.h>
}
#undef srtp_policy_t

// Error codes that libsrtp 3 added. The worker puts them in its table of messages.
inline constexpr srtp_err_status_t srtp_err_status_buffer_small{ static_cast<srtp_err_status_t>(28) };
inline constexpr srtp_err_status_t srtp_err_status_cryptex_err{ static_cast<srtp_err_status_t>(29) };

namespace parley_srtp
{
	class Policy
	{
	public:
		srtp2_plain_policy* Plain()
		{
			this->plain.key = this->keyAndSalt.data();

			return std::addressof(this->plain);
		}

		void SetKey(const uint8_t* key, size_t keyLen, const uint8_t* salt, size_t saltLen)
		{
			this->keyAndSalt.resize(keyLen + saltLen);
			std::memcpy(this->keyAndSalt.data(), key, keyLen);
			std::memcpy(this->keyAndSalt.data() + keyLen, salt, saltLen);
		}

	private:
		srtp2_plain_policy plain{};
		std::vector<uint8_t> keyAndSalt;
	};

	using InPlace = srtp_err_status_t (*)(srtp_t, void*, int*);

	// Runs one of libsrtp 2's in-place functions as libsrtp 3's from-to functions. `growth` is what
	// the function may append to the packet.
	inline srtp_err_status_t Run(
	  InPlace function, srtp_t session, const uint8_t* from, size_t fromLen, uint8_t* to, size_t* toLen, size_t growth)
	{
		if (*toLen < fromLen + growth)
		{
			return srtp_err_status_buffer_small;
		}

		if (from != to)
		{
			std::memmove(to, from, fromLen);
		}

		int len{ static_cast<int>(fromLen) };
		const srtp_err_status_t status = function(session, to, std::addressof(len));

		if (status == srtp_err_status_ok)
		{
			*toLen = static_cast<size_t>(len);
		}

		return status;
	}

	// SRTCP appends its 4-byte index besides the authentication tag.
	inline constexpr size_t MaxGrowth{ SRTP_MAX_TRAILER_LEN + 4 };
} // namespace parley_srtp

using srtp_policy_t = parley_srtp::Policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) parley_srtp::Policy();

	return *policy == nullptr ? srtp_err_status_alloc_fail : srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->Plain()->ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	srtp2_plain_policy* plain = policy->Plain();
	const srtp_err_status_t status =
	  srtp_crypto_policy_set_from_profile_for_rtp(std::addressof(plain->rtp), profile);

	return status != srtp_err_status_ok
	         ? status
	         : srtp_crypto_policy_set_from_profile_for_rtcp(std::addressof(plain->rtcp), profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy, const uint8_t* key, size_t keyLen, const uint8_t* salt, size_t saltLen, const uint8_t* mki, size_t mkiLen)
{
	// The worker never uses a master key identifier.
	if (mki != nullptr || mkiLen != 0)
	{
		return srtp_err_status_bad_param;
	}

	policy->SetKey(key, keyLen, salt, saltLen);

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->Plain()->allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t windowSize)
{
	policy->Plain()->window_size = windowSize;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, static_cast<const srtp2_plain_policy*>(policy->Plain()));
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	const parley_srtp::InPlace function = ::srtp_protect;

	return parley_srtp::Run(function, session, rtp, rtpLen, srtp, srtpLen, parley_srtp::MaxGrowth);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	const parley_srtp::InPlace function = ::srtp_protect_rtcp;

	return parley_srtp::Run(function, session, rtcp, rtcpLen, srtcp, srtcpLen, parley_srtp::MaxGrowth);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	const parley_srtp::InPlace function = ::srtp_unprotect;

	return parley_srtp::Run(function, session, srtp, srtpLen, rtp, rtpLen, 0);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	const parley_srtp::InPlace function = ::srtp_unprotect_rtcp;

	return parley_srtp::Run(function, session, srtcp, srtcpLen, rtcp, rtcpLen, 0);
}
